drop table item_history;
drop table mastery;
