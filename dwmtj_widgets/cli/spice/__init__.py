"""``dwmtj spice``."""
