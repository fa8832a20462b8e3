alter table responses drop column typed, drop column points, drop column points_of;
comment on column attempt_items.chosen is null;
comment on column attempt_items.option_order is null;
alter table attempt_items drop column typed, drop column points, drop column points_of;
