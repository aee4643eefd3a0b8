-- What a file of text was written in; null: a workbook, or not read yet.
ALTER TABLE imports ADD COLUMN encoding text;
