drop table memberships;
drop table organisations;
