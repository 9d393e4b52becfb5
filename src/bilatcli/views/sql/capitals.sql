-- The capitals of two countries, as far as they were known on a day.
SELECT c.country, c.name, c.latitude, c.longitude, c.source, c.as_of
FROM capital c
WHERE c.country IN (:one, :other) AND (:as_of IS NULL OR c.as_of <= :as_of)
ORDER BY c.country
