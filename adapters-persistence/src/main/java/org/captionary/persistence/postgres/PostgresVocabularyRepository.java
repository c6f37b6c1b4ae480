package org.captionary.persistence.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.Vocabulary;
import org.captionary.domain.vocabulary.VocabularyRepository;
import org.captionary.domain.vocabulary.WordCount;
import org.captionary.domain.vocabulary.WordTally;

@ApplicationScoped
@Transactional
class PostgresVocabularyRepository implements VocabularyRepository {

  private final Sql sql;

  PostgresVocabularyRepository(Sql sql) {
    this.sql = sql;
  }

  /** A row a part: a row a word, with its index entry, costs several times as much. */
  @Override
  public void addTallies(PreparationKey preparation, List<WordTally> tallies) {
    sql.update(
        "INSERT INTO word_tally (preparation_key, words, counts, captions, first_captions,"
            + " first_tokens) VALUES (?, ?, ?, ?, ?, ?)",
        preparation.value(),
        tallies.stream().map(WordTally::word).toArray(String[]::new),
        tallies.stream().map(WordTally::count).toArray(Long[]::new),
        tallies.stream().map(WordTally::captions).toArray(Long[]::new),
        tallies.stream().map(WordTally::firstCaption).toArray(Long[]::new),
        tallies.stream().map(WordTally::firstToken).toArray(Integer[]::new));
  }

  @Override
  public void forEachTally(PreparationKey preparation, Consumer<WordTally> consumer) {
    // Added up by the server: one node fits, and a word stands in most parts.
    sql.forEach(
        "SELECT word, sum(count)::bigint, sum(tally.captions)::bigint,"
            + " (min(ARRAY[first_caption, first_token]))[1],"
            + " (min(ARRAY[first_caption, first_token]))[2] FROM word_tally AS part"
            + " CROSS JOIN LATERAL unnest(words, counts, part.captions, first_captions,"
            + " first_tokens) AS tally (word, count, captions, first_caption, first_token)"
            + " WHERE preparation_key = ? GROUP BY word",
        row ->
            new WordTally(
                row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getInt(5)),
        consumer,
        preparation.value());
  }

  @Override
  public void save(PreparationKey preparation, FittedVocabulary fitted) {
    Vocabulary vocabulary = fitted.vocabulary();
    sql.update("DELETE FROM word_tally WHERE preparation_key = ?", preparation.value());
    sql.update("DELETE FROM vocabulary WHERE preparation_key = ?", preparation.value());
    sql.update(
        "INSERT INTO vocabulary (preparation_key, max_length, out_of_vocabulary, captions)"
            + " VALUES (?, ?, ?, ?)",
        preparation.value(),
        fitted.maxLength(),
        vocabulary.hasOutOfVocabulary(),
        vocabulary.captions());
    sql.copy(
        "vocabulary_word (preparation_key, position, word, count, captions)",
        copy -> copyWords(copy, preparation, vocabulary.words()));
    // The next step reads the clean captions by index; without figures the planner may sort them.
    sql.update("ANALYZE clean_caption");
  }

  private static void copyWords(
      BinaryCopy copy, PreparationKey preparation, List<WordCount> words) {
    for (int position = 0; position < words.size(); position++) {
      WordCount word = words.get(position);
      copy.row(preparation.value(), position, word.word(), word.count(), word.captions());
    }
  }

  @Override
  public Optional<FittedVocabulary> find(PreparationKey preparation) {
    return sql.first(
            "SELECT max_length, out_of_vocabulary, captions FROM vocabulary"
                + " WHERE preparation_key = ?",
            Head::read,
            preparation.value())
        .map(head -> head.with(words(preparation)));
  }

  private List<WordCount> words(PreparationKey preparation) {
    return sql.list(
        "SELECT word, count, captions FROM vocabulary_word WHERE preparation_key = ?"
            + " ORDER BY position",
        row -> new WordCount(row.getString(1), row.getLong(2), row.getLong(3)),
        preparation.value());
  }

  private record Head(int maxLength, boolean outOfVocabulary, long captions) {

    static Head read(ResultSet row) throws SQLException {
      return new Head(row.getInt(1), row.getBoolean(2), row.getLong(3));
    }

    FittedVocabulary with(List<WordCount> words) {
      return new FittedVocabulary(new Vocabulary(words, outOfVocabulary, captions), maxLength);
    }
  }
}
