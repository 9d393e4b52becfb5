-- The relations with some ids.
SELECT r.id, r.name, r.json, r.source_ids, r.established, r.established_day, r.established_source_ids
FROM (SELECT value AS id FROM json_each(:ids)) AS wanted
JOIN relation r ON r.id = wanted.id
