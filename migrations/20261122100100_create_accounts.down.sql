drop table account_links;
drop table sessions;
drop table accounts;
