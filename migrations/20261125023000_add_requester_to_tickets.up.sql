-- Who asked, as the queue shows it: name and job, drawn with the ticket's seed.
alter table tickets add column requester text not null default '';
