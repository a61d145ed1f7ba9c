"""``dwmtj sweep``."""
