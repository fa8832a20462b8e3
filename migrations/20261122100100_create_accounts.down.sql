drop table account_links;
drop table sessions;
drop table sign_in_failures;
drop table accounts;
