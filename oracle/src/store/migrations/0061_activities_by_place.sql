-- A page of one scope and category is read in the order of ids: by dates all of them were sorted for it.
DROP INDEX activities_by_place;
CREATE INDEX activities_by_place ON activities (organisation_id, scope, category, id) WHERE NOT deleted;
