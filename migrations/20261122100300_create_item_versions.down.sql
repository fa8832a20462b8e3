drop table item_versions;
