"""データ一覧 and 連携形態と照会キーの一覧 (§3-4), as they are shown."""
