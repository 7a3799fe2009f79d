"""Orders that nobody thought of: stories of operations, drawn, performed, judged, made small, kept, and performed again."""
