package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.app.door.Roles;
import org.captionary.app.encoding.TokenizerJson;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.CaptionRepository.Description;
import org.captionary.domain.caption.PreparationKey;
import org.captionary.domain.preparation.Deletion;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.VocabularyRepository;
import org.captionary.domain.vocabulary.WordCount;
import org.jboss.resteasy.reactive.RestPath;

/** Preparations: manifest, vocabulary and text. */
@Path("/api/preparations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TRAINER)
public class PreparationResource {

  private static final int PAGE = 10_000;

  private final PreparationFinder finder;
  private final PreparationRepository preparations;
  private final VocabularyRepository vocabularies;
  private final CaptionRepository captions;
  private final Deletion deletion;

  PreparationResource(
      PreparationFinder finder,
      PreparationRepository preparations,
      VocabularyRepository vocabularies,
      CaptionRepository captions,
      Deletion deletion) {
    this.finder = finder;
    this.preparations = preparations;
    this.vocabularies = vocabularies;
    this.captions = captions;
    this.deletion = deletion;
  }

  /** A vocabulary on the wire; words in the order of their indices. */
  public record VocabularyView(
      int vocabularySize,
      int maxLength,
      Map<String, Integer> wordIndex,
      Map<String, Long> counts) {}

  @GET
  public List<Manifest> all() {
    return preparations.all().stream().map(Manifest::of).toList();
  }

  @GET
  @Path("/{id}")
  public Manifest one(@RestPath String id) {
    return Manifest.of(finder.find(id));
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  public void delete(@RestPath String id) {
    boolean deleted = PreparationId.isId(id) && deletion.preparation(new PreparationId(id));
    finder.forget(id);
    if (!deleted) {
      throw ProblemException.notFound("preparation", id);
    }
  }

  @GET
  @Path("/{id}/vocabulary")
  public VocabularyView vocabulary(@RestPath String id) {
    FittedVocabulary fitted = fitted(id);
    return new VocabularyView(
        fitted.vocabulary().vocabularySize(),
        fitted.maxLength(),
        TokenizerJson.indexByWord(fitted.vocabulary()),
        TokenizerJson.byWord(fitted.vocabulary(), WordCount::count));
  }

  @GET
  @Path("/{id}/tokenizer.json")
  public String tokenizer(@RestPath String id) {
    return TokenizerJson.of(fitted(id).vocabulary());
  }

  /** As the tutorial's {@code save_doc} writes them: lines apart by line feeds, none at the end. */
  @GET
  @Path("/{id}/descriptions.txt")
  @Produces("text/plain;charset=UTF-8")
  public StreamingOutput descriptions(@RestPath String id) {
    Preparation preparation = finder.find(id);
    return finder.body(preparation, out -> writeDescriptions(preparation, out));
  }

  private void writeDescriptions(Preparation preparation, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    PreparationKey key = preparation.key();
    long left = preparation.all().captions();
    Optional<Description> last = Optional.empty();
    List<Description> page = captions.descriptionsAfter(key, last, PAGE);
    while (!page.isEmpty()) {
      write(page, last.isPresent(), text);
      left -= page.size();
      last = Optional.of(page.get(page.size() - 1));
      page = captions.descriptionsAfter(key, last, PAGE);
    }
    if (left != 0) {
      throw new IncompletePreparationException(left + " of its captions are missing");
    }
    text.flush();
  }

  private static void write(List<Description> page, boolean goesOn, Writer text)
      throws IOException {
    String separator = goesOn ? "\n" : "";
    for (Description description : page) {
      text.write(separator);
      text.write(description.caption().photo().value());
      text.write(' ');
      text.write(description.caption().text());
      separator = "\n";
    }
  }

  private FittedVocabulary fitted(String id) {
    return finder.answer(id, this::fitted);
  }

  private FittedVocabulary fitted(Preparation preparation) {
    return vocabularies
        .find(preparation.key())
        .filter(f -> f.vocabulary().vocabularySize() == preparation.vocabularySize())
        .orElseThrow(() -> new IncompletePreparationException("words are missing"));
  }
}
