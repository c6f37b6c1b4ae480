package org.captionary.persistence.postgres;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Annotators;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.Provenance;
import org.captionary.domain.preparation.Snapshot;
import org.captionary.domain.training.SplitFigures;

/** The documents of a preparation as they are stored. */
final class PreparationDocuments {

  private PreparationDocuments() {}

  static String write(Map<Split, SplitFigures> figures) {
    Map<String, Object> bySplit = new TreeMap<>();
    figures.forEach((split, of) -> bySplit.put(split.name(), fields(of)));
    return Json.write(bySplit);
  }

  static Map<Split, SplitFigures> figures(String json) {
    Map<Split, SplitFigures> figures = new HashMap<>();
    Json.fields(json).forEach((split, fields) -> figures.put(new Split(split), figures(fields)));
    return figures;
  }

  private static Map<String, Object> fields(SplitFigures figures) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("describedPhotos", figures.describedPhotos());
    fields.put("photos", figures.photos());
    fields.put("captions", figures.captions());
    fields.put("examples", figures.examples());
    fields.put("servableExamples", figures.servableExamples());
    fields.put("servablePhotos", figures.servablePhotos());
    fields.put("captionsByExamples", figures.captionsByExamples());
    return fields;
  }

  private static SplitFigures figures(Object document) {
    Map<?, ?> fields = (Map<?, ?>) document;
    return new SplitFigures(
        number(fields, "describedPhotos"),
        number(fields, "photos"),
        number(fields, "captions"),
        number(fields, "examples"),
        number(fields, "servableExamples"),
        number(fields, "servablePhotos"),
        captionsByExamples((Map<?, ?>) fields.get("captionsByExamples")));
  }

  private static Map<Integer, Long> captionsByExamples(Map<?, ?> fields) {
    Map<Integer, Long> captions = new TreeMap<>();
    fields.forEach(
        (examples, count) ->
            captions.put(Integer.valueOf((String) examples), ((Number) count).longValue()));
    return captions;
  }

  private static long number(Map<?, ?> fields, String name) {
    return ((Number) fields.get(name)).longValue();
  }

  static String write(Provenance provenance) {
    Map<String, Object> splits = new TreeMap<>();
    provenance.text().splits().forEach((split, file) -> splits.put(split, file.hex()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", provenance.job().value());
    fields.put("content", provenance.content().hex());
    fields.put("captions", provenance.text().captions().hex());
    fields.put("splits", splits);
    if (!provenance.text().annotations().isEmpty()) {
      Map<String, Object> annotations = new TreeMap<>();
      provenance.text().annotations().forEach((of, file) -> annotations.put(of.id(), file.hex()));
      fields.put("annotations", annotations);
    }
    fields.put("version", provenance.environment().version());
    fields.put("java", provenance.environment().java());
    fields.put("machine", provenance.environment().machine());
    fields.put("startedAt", provenance.startedAt().toString());
    fields.put("finishedAt", provenance.finishedAt().toString());
    return Json.write(fields);
  }

  static Provenance provenance(String json) {
    Map<String, Object> fields = Json.fields(json);
    TreeMap<String, ContentHash> splits = new TreeMap<>();
    ((Map<?, ?>) fields.get("splits"))
        .forEach((split, file) -> splits.put((String) split, new ContentHash((String) file)));
    TreeMap<Annotators, ContentHash> annotations = new TreeMap<>();
    if (fields.get("annotations") instanceof Map<?, ?> files) {
      files.forEach(
          (of, file) ->
              annotations.put(
                  Annotators.byId((String) of).orElseThrow(), new ContentHash((String) file)));
    }
    return new Provenance(
        new JobId(((Number) fields.get("job")).longValue()),
        hash(fields, "content"),
        new Snapshot.TextFiles(hash(fields, "captions"), splits, annotations),
        new Provenance.Environment(
            text(fields, "version"), text(fields, "java"), text(fields, "machine")),
        Instant.parse(text(fields, "startedAt")),
        Instant.parse(text(fields, "finishedAt")));
  }

  private static ContentHash hash(Map<String, Object> fields, String name) {
    return new ContentHash(text(fields, name));
  }

  private static String text(Map<String, Object> fields, String name) {
    return (String) fields.get(name);
  }
}
