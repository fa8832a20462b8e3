drop table responses;
drop table attempt_items;
drop table attempts;
