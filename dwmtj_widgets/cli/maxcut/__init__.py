"""``dwmtj maxcut``."""
