"""Files of rows over a folder that is watched, on this machine or by SFTP."""

from integrations.adapters.files.adapter import Files

ADAPTER = Files()
