"""``dwmtj recall``."""
