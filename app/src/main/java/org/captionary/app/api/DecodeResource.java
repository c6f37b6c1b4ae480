package org.captionary.app.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.captionary.app.door.Roles;
import org.captionary.app.encoding.NpyIntegers;
import org.captionary.app.problem.ProblemException;
import org.captionary.domain.preparation.Preparation;
import org.captionary.domain.training.IncompletePreparationException;
import org.captionary.domain.vocabulary.CaptionDecoder;
import org.captionary.domain.vocabulary.CaptionDecoder.Decoded;
import org.captionary.domain.vocabulary.VocabularyRepository;
import org.jboss.resteasy.reactive.RestPath;

/** Sequences of word indices, as a trained model gives them, made captions again. */
@Path("/api/preparations/{id}/decode")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.TRAINER)
public class DecodeResource {

  /** As many as a batch may have examples. */
  static final int MAX_SEQUENCES = 65_536;

  static final int MAX_LENGTH = 4_096;

  private static final String FIELD = "sequences";

  private final PreparationFinder finder;
  private final VocabularyRepository vocabularies;

  DecodeResource(PreparationFinder finder, VocabularyRepository vocabularies) {
    this.finder = finder;
    this.vocabularies = vocabularies;
  }

  /**
   * What to decode.
   *
   * @param sequences need not be equally long
   */
  public record SequencesView(List<long[]> sequences) {}

  /**
   * What came out.
   *
   * @param captions a sequence's words with a space between, in the order of the sequences
   * @param unknown indices that are no word's, which are in no caption
   */
  public record CaptionsView(List<String> captions, List<UnknownView> unknown) {}

  /**
   * An index that is no word's.
   *
   * @param sequence its number, from 0
   * @param position in the sequence, from 0
   */
  public record UnknownView(int sequence, int position, long value) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public CaptionsView decode(@RestPath String id, SequencesView body) {
    return decoded(id, checked(body.sequences()));
  }

  /** As above; of an array with a row for each sequence. */
  @POST
  @Consumes("application/x-npz")
  public CaptionsView decode(@RestPath String id, byte[] npz) throws IOException {
    finder.find(id);
    return decoded(
        id, NpyIntegers.rows(new ByteArrayInputStream(npz), FIELD, MAX_SEQUENCES, MAX_LENGTH));
  }

  private static List<long[]> checked(List<long[]> sequences) {
    if (sequences == null || sequences.size() > MAX_SEQUENCES) {
      throw ProblemException.badField(
          FIELD,
          sequences == null ? null : sequences.size() + " sequences",
          "a list of at most " + MAX_SEQUENCES + " lists of word indices");
    }
    for (int number = 0; number < sequences.size(); number++) {
      check(FIELD + "[" + number + "]", sequences.get(number));
    }
    return sequences;
  }

  private static void check(String field, long[] sequence) {
    if (sequence == null || sequence.length > MAX_LENGTH) {
      throw ProblemException.badField(
          field,
          sequence == null ? null : sequence.length + " numbers",
          "a list of at most " + MAX_LENGTH + " word indices");
    }
  }

  private CaptionsView decoded(String id, List<long[]> sequences) {
    CaptionDecoder decoder = finder.answer(id, this::decoder);
    List<String> captions = new ArrayList<>(sequences.size());
    List<UnknownView> unknown = new ArrayList<>();
    for (int number = 0; number < sequences.size(); number++) {
      Decoded decoded = decoder.decode(sequences.get(number));
      captions.add(decoded.text());
      for (CaptionDecoder.Unknown index : decoded.unknown()) {
        unknown.add(new UnknownView(number, index.position(), index.value()));
      }
    }
    return new CaptionsView(captions, unknown);
  }

  private CaptionDecoder decoder(Preparation preparation) {
    return vocabularies
        .find(preparation.key())
        .filter(f -> f.vocabulary().vocabularySize() == preparation.vocabularySize())
        .map(f -> new CaptionDecoder(f.vocabulary(), preparation.recipe().startEnd()))
        .orElseThrow(() -> new IncompletePreparationException("words are missing"));
  }
}
