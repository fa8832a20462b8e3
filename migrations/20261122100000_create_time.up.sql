-- The only place that SQL reads the time from: `now()` is the start of the transaction, so everything written together bears
-- one time. A test or a demo moves the time of its own connection with `set firstline.time_offset = '40 days'`; nothing else
-- can be moved by it.
create function firstline_now() returns timestamptz
    language sql stable parallel safe
    return now() + coalesce(nullif(current_setting('firstline.time_offset', true), ''), '0')::interval;
