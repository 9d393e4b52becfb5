-- The relations as `list` shows them, curated ones first: those of some countries, of these with some
-- partners, and curated ones only, if asked. Without countries, those are left out of which there are
-- generated rows of tables only.
SELECT r.id, r.name, r.list_json, CASE WHEN r.json = '' THEN 1 ELSE 0 END AS is_bare
FROM relation r
WHERE (
        (:countries IS NULL AND (r.json <> '' OR r.coverage = 'curated'))
        OR r.id IN (
            SELECT m.relation FROM member m
            WHERE m.country IN (SELECT value FROM json_each(:countries))
        )
    )
    AND (
        :partners IS NULL
        OR r.id IN (
            SELECT m.relation FROM member m
            WHERE m.country IN (SELECT value FROM json_each(:partners))
        )
    )
    AND (:is_curated IS NULL OR r.coverage = 'curated')
ORDER BY r.coverage, r.id
