-- All relations of a country.
SELECT r.id, r.name, r.json, r.source_ids, r.established, r.established_day, r.established_source_ids
FROM member m
JOIN relation r ON r.id = m.relation
WHERE m.country = :country
