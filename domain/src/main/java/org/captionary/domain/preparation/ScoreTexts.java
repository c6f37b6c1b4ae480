package org.captionary.domain.preparation;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionCleaner;
import org.captionary.domain.caption.PythonText;
import org.captionary.domain.evaluation.PtbTokenizer;
import org.captionary.domain.evaluation.Sentence;
import org.captionary.domain.evaluation.SentenceReader;
import org.captionary.domain.preparation.ScoreRequest.References;
import org.captionary.domain.preparation.ScoreRequest.Words;

/** Makes sentences of text, as a request wants it. One thread at a time. */
final class ScoreTexts {

  private final SentenceReader reader = new SentenceReader();
  private final Function<String, List<String>> cut;

  ScoreTexts(Preparation preparation, ScoreRequest request) {
    cut =
        request.references() == References.CLEANED
            ? new CaptionCleaner(preparation.recipe().cleaning())::tokens
            : request.words() == Words.PTB ? PtbTokenizer::tokens : PythonText::split;
  }

  /** What all sentences come from. */
  SentenceReader reader() {
    return reader;
  }

  Sentence sentence(String text) {
    return reader.read(cut.apply(text));
  }

  List<Sentence> sentences(Collection<Caption> captions) {
    return captions.stream().map(caption -> sentence(caption.text())).toList();
  }
}
