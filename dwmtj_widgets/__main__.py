"""``python -m dwmtj_widgets`` is the command ``dwmtj``."""

from dwmtj_widgets.cli import main

if __name__ == "__main__":
    main()
