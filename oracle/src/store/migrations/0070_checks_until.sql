-- Until when a device checks another one, Unix seconds; the largest whole number of JavaScript while it
-- does. Nothing that it measured until then is credited, because the other device was.
ALTER TABLE devices ADD COLUMN checks_until bigint;
UPDATE devices SET checks_until = 9007199254740991 FROM check_meters WHERE check_number = number;
