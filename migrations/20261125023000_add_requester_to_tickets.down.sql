alter table tickets drop column requester;
