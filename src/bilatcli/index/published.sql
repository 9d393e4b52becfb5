-- What an engine has beside the tables of `schema.sql`: how far the index is published, and what a search looks in.

CREATE TABLE edition (            -- one row
    version TEXT NOT NULL,        -- of the tool that published it
    facts INTEGER NOT NULL,       -- how many facts a search looks in
    words DOUBLE PRECISION NOT NULL -- how many words those have in all
);

CREATE TABLE publication (        -- what each pack's rows are, to see later whether they have changed
    pack TEXT PRIMARY KEY,
    digest TEXT NOT NULL
);

CREATE TABLE fact_search (               -- the same words that FTS5 has, a space between two
    number INTEGER PRIMARY KEY,   -- that of the fact
    pack TEXT NOT NULL,
    words INTEGER NOT NULL,       -- how many there are in all columns
    statement TEXT NOT NULL,
    subject TEXT NOT NULL,
    people TEXT NOT NULL,
    note TEXT NOT NULL,
    titles TEXT NOT NULL,
    places TSVECTOR NOT NULL      -- where each word stands, the columns one behind the other
);

CREATE TABLE search_term (          -- every word that a search can find
    term TEXT PRIMARY KEY
);

CREATE INDEX fact_search_places ON fact_search USING GIN (places);
CREATE INDEX fact_search_pack ON fact_search (pack);
