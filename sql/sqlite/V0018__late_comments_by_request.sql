-- Finds the comment that a repeated request has already left.
create index if not exists late_comments_by_request on late_comments (evaluation_id, request_digest)
