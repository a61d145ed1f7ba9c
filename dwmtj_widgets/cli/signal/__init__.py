"""``dwmtj signal``."""
