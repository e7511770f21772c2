-- One-time links by which somebody of the centre may sign on; of the token there is only a keyed digest. No row is deleted.
create table staff_invites (
  id number(19) not null,
  token_digest raw(32) not null,
  staff_id nvarchar2(128) not null,
  made_by nvarchar2(128) not null,  -- staff id
  made_at_us number(19) not null,
  until_us number(19) not null,
  used_at_us number(19),  -- null: nobody has used it
  constraint staff_invites_pk primary key (id),
  constraint staff_invites_token unique (token_digest)
)
