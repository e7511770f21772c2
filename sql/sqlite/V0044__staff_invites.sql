-- One-time links by which somebody of the centre may sign on; of the token there is only a keyed digest. No row is deleted.
create table if not exists staff_invites (
  id integer not null primary key,
  token_digest blob not null check (length(token_digest) = 32),
  staff_id text not null check (length(staff_id) <= 64),
  made_by text not null check (length(made_by) <= 64),  -- staff id
  made_at_us integer not null,
  until_us integer not null,
  used_at_us integer,  -- null: nobody has used it
  constraint staff_invites_token unique (token_digest)
)
