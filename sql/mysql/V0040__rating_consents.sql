-- What the author of a rating agreed to beyond it. Who agreed to nothing has no row here.
create table if not exists rating_consents (
  rating_id bigint not null,
  shown_to_rated smallint not null check (shown_to_rated in (0, 1)),
  may_be_contacted smallint not null check (may_be_contacted in (0, 1)),
  sealed_phone mediumblob,  -- null: at the number that came with the completion
  phone_digest binary(32),
  constraint rating_consents_pk primary key (rating_id),
  constraint rating_consents_rating_fk foreign key (rating_id) references ratings (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
