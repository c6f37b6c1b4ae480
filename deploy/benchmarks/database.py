"""The database that a running service keeps in its data directory, reached from outside."""

import math
import pathlib

import numpy as np
import psycopg


def connect(data_dir):
    home = next(pathlib.Path(data_dir).rglob("postmaster.pid")).parents[1]
    port = (home / "cluster/postmaster.pid").read_text().split("\n")[3]
    return psycopg.connect(
        host="127.0.0.1",
        port=port,
        user="captionary",
        dbname="captionary",
        password=(home / "password").read_text().strip(),
    )


def put_random_features(connection, preparations, shapes):
    """Gives each photo random numbers as features, and the preparations these layers."""
    extractor = connection.execute(
        "INSERT INTO extractor (extractor, weights, weights_sha256, precision)"
        " VALUES ('vgg16', 'random', %s, 'float32') RETURNING id",
        ["0" * 64],
    ).fetchone()[0]
    contents = connection.execute("SELECT DISTINCT content FROM photo ORDER BY content").fetchall()
    copy_features(connection, extractor, [content for (content,) in contents], shapes)
    connection.execute(
        "UPDATE preparation SET extractor_id = %s, recipe = jsonb_set(recipe, '{features}', %s)"
        " WHERE id = ANY(%s)",
        [extractor, psycopg.types.json.Jsonb(list(shapes)), list(preparations)],
    )
    connection.commit()
    connection.execute("ANALYZE photo_features")
    connection.commit()


def copy_features(connection, extractor, contents, shapes):
    random = np.random.default_rng(0)
    into = "COPY photo_features (extractor_id, layer, content, data) FROM STDIN (FORMAT binary)"
    with connection.cursor().copy(into) as rows:
        rows.set_types(["int4", "text", "bytea", "bytea"])
        for layer, shape in shapes.items():
            for content in contents:
                numbers = random.random(math.prod(shape), dtype="float32")
                rows.write_row((extractor, layer, content, numbers.tobytes()))


def enlarge(connection, preparation, times):
    """The id of a preparation that holds another one's photos so many times; made if missing.

    Round k's photos stand behind those of round k - 1, under ids with k in front.
    """
    made = f"{times:016x}"
    key = "SELECT key FROM preparation WHERE id = %s"
    if connection.execute(key, [made]).fetchone():
        return made
    (source,) = connection.execute(key, [preparation]).fetchone()
    values = {"id": made, "source": source, "times": times}
    for statement in ENLARGE:
        connection.execute(statement, values)
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE encoded_photo, caption_run")
    return made


ENLARGE = [
    """
    WITH copied_job AS (
      INSERT INTO job (dataset_id, recipe, force, identity, state, created_at, started_at, ended_at)
      SELECT dataset_id, job.recipe, true, identity, state, created_at, started_at, ended_at
      FROM job JOIN preparation ON job.id = job_id WHERE key = %(source)s
      RETURNING id)
    INSERT INTO preparation (job_id, id, published_at, dataset, recipe, vocabulary_size, max_length,
      empty_captions, extractor_id, provenance, figures)
    SELECT copied_job.id, %(id)s, published_at, dataset, recipe, vocabulary_size, max_length,
      empty_captions * %(times)s, extractor_id, provenance,
      (SELECT jsonb_object_agg(split.key, (
        SELECT jsonb_object_agg(figure.key, CASE jsonb_typeof(figure.value)
          WHEN 'number' THEN to_jsonb(figure.value::bigint * %(times)s)
          ELSE (SELECT coalesce(jsonb_object_agg(n.key, n.value::bigint * %(times)s), '{}')
            FROM jsonb_each(figure.value) AS n) END)
        FROM jsonb_each(split.value) AS figure)) FROM jsonb_each(figures) AS split)
    FROM preparation, copied_job WHERE key = %(source)s
    """,
    """
    INSERT INTO encoded_photo
    SELECT made.key, to_char(k, 'FM00000') || '-' || photo_id, split, content, words, captions,
      examples,
      all_photo + k * ("all"->>'photos')::bigint,
      all_photo_with_examples + k * ("all"->>'servablePhotos')::bigint,
      all_caption + k * all_captions,
      all_example + k * ("all"->>'servableExamples')::bigint,
      split_photo + k * (own->>'photos')::bigint,
      split_photo_with_examples + k * (own->>'servablePhotos')::bigint,
      split_caption + k * split_captions,
      split_example + k * (own->>'servableExamples')::bigint
    FROM generate_series(0, %(times)s - 1) AS k
    CROSS JOIN (SELECT e.*, figures->'all' AS "all", figures->split AS own,
        sum(captions) FILTER (WHERE content IS NOT NULL) OVER () AS all_captions,
        sum(captions) FILTER (WHERE content IS NOT NULL) OVER (PARTITION BY split) AS split_captions
      FROM encoded_photo AS e JOIN preparation ON key = preparation_key
      WHERE preparation_key = %(source)s) AS photo
    CROSS JOIN (SELECT key FROM preparation WHERE id = %(id)s) AS made
    ORDER BY k, photo_id
    """,
    """
    WITH numbered AS (
      SELECT split, examples, (get_byte(captions, 4 * i)::bigint << 24)
        + (get_byte(captions, 4 * i + 1) << 16) + (get_byte(captions, 4 * i + 2) << 8)
        + get_byte(captions, 4 * i + 3) AS number
      FROM caption_run, generate_series(0, octet_length(captions) / 4 - 1) AS i
      WHERE preparation_key = %(source)s),
    totals AS (SELECT split, count(*) AS total FROM numbered GROUP BY split),
    ranked AS (
      SELECT split, examples, number + k * total AS number,
        row_number() OVER (PARTITION BY split, examples ORDER BY k, number) - 1 AS rank
      FROM numbered JOIN totals USING (split), generate_series(0, %(times)s - 1) AS k)
    INSERT INTO caption_run
    SELECT made.key, split, examples, min(rank),
      string_agg(int4send(number::integer), ''::bytea ORDER BY number)
    FROM ranked, (SELECT key FROM preparation WHERE id = %(id)s) AS made
    GROUP BY made.key, split, examples, rank / 256
    """,
]
