"""What a page needs beside its views: keys, files, sharing, clocks, closing."""
