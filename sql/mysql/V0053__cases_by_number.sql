-- A case by the number that people know it by.
create index cases_by_number on cases (case_no)
