-- When a change came by the exam's own clock: milliseconds since the start without the pauses, so that a pause is the time of
-- no question. Null in a quiz, which has no clock.
alter table responses add column exam_ms integer;
