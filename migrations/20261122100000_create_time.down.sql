drop function firstline_now();
