"""Print fresh secrets for a new installation, one environment line each: ``python tools/keys.py >> satcha.env``."""

import base64
import secrets


def fresh_lines() -> list[str]:
    """Return the lines; nothing is stored anywhere."""
    lines = [f"SECRET_KEY={secrets.token_urlsafe(48)}"]
    names = ("SATCHA_ID_KEYS", "SATCHA_ID_INDEX_KEY", "SATCHA_BACKUP_KEY")
    return lines + [f"{name}={base64.b64encode(secrets.token_bytes(32)).decode()}" for name in names]


if __name__ == "__main__":
    print("\n".join(fresh_lines()))
