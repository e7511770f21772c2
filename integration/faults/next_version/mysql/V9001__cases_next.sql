-- Of a version to come: what hosts of this one insert and read without knowing of.
alter table cases add column next_note varchar(9)
