"""The mocked national network (情報提供ネットワークシステム): its north face, a control API, and both in process."""
