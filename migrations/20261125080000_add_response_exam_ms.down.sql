alter table responses drop column exam_ms;
