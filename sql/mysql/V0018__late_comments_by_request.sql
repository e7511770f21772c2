-- Finds the comment that a repeated request has already left.
create index late_comments_by_request on late_comments (evaluation_id, request_digest)
