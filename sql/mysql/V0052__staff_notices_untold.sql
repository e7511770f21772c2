-- What the host was not asked to message yet.
create index staff_notices_untold on staff_notices (told_at_us, made_at_us)
