package org.captionary.app.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a problem's words why a JSON body was refused, without a word of Java. */
final class JsonFailure {

  /** How Jackson words what strict duplicate detection finds. */
  private static final Pattern DUPLICATE = Pattern.compile("^Duplicate field '(.*)'");

  /** How Jackson words a value of the wrong kind, when it is text: {@code String value ("yes")}. */
  private static final Pattern VALUE = Pattern.compile("String value \\(('|\")(.*)\\1\\)");

  private static final String TRAILING = "Trailing token";
  private static final String NOT_UTF8 = "Invalid UTF-8";

  private JsonFailure() {}

  static ProblemException translate(JsonProcessingException failure) {
    if (failure.getCause() instanceof ProblemException problem) {
      return problem;
    }
    if (failure instanceof UnrecognizedPropertyException unknown) {
      return ProblemException.unknownField(path(unknown), null, known(unknown));
    }
    if (failure instanceof InvalidFormatException format) {
      return wrongFormat(format);
    }
    if (failure instanceof ValueInstantiationException refused) {
      return refused(refused);
    }
    if (failure instanceof MismatchedInputException mismatch && !isTrailing(failure)) {
      return mismatch(mismatch);
    }
    return failure instanceof JsonMappingException mapping ? wrapped(mapping) : malformed(failure);
  }

  /** What the parser threw under way, with the way added. */
  private static ProblemException wrapped(JsonMappingException failure) {
    if (failure.getCause() instanceof InputCoercionException tooLarge) {
      return outOfRange(failure, tooLarge);
    }
    return failure.getCause() instanceof JsonProcessingException cause
        ? translate(cause)
        : malformed(failure);
  }

  private static ProblemException outOfRange(
      JsonMappingException failure, InputCoercionException tooLarge) {
    String path = path(failure);
    List<String> allowed = JsonKinds.allowed(tooLarge.getTargetType());
    return badField(path, path + " is out of range", null, allowed);
  }

  private static Collection<String> known(UnrecognizedPropertyException unknown) {
    TreeSet<String> names = new TreeSet<>();
    if (unknown.getKnownPropertyIds() != null) {
      unknown.getKnownPropertyIds().forEach(id -> names.add(id.toString()));
    }
    return names;
  }

  private static ProblemException wrongFormat(InvalidFormatException format) {
    List<String> allowed = JsonKinds.allowed(format.getTargetType());
    return ProblemException.badField(path(format), format.getValue(), allowed);
  }

  /** The value's own constructor refused it, in words meant for the caller. */
  private static ProblemException refused(ValueInstantiationException refused) {
    Throwable cause = refused.getCause();
    String detail = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
    return badField(path(refused), detail, null, null);
  }

  private static ProblemException mismatch(MismatchedInputException mismatch) {
    if (mismatch.getPath().isEmpty() && mismatch.getOriginalMessage().startsWith("No content")) {
      return ProblemException.of(ProblemType.MALFORMED_JSON, "The body is empty.");
    }
    List<String> allowed = JsonKinds.allowed(mismatch.getTargetType());
    String path = path(mismatch);
    String subject = path.isEmpty() ? "The body" : path;
    String detail = subject + " is missing or of the wrong kind";
    return badField(path, detail, value(mismatch), allowed);
  }

  /** What stood there, if it was a text: by now only Jackson's message knows it. */
  private static String value(MismatchedInputException mismatch) {
    Matcher value = VALUE.matcher(Objects.toString(mismatch.getOriginalMessage(), ""));
    return value.find() ? value.group(2) : null;
  }

  private static ProblemException badField(
      String path, String detail, String value, List<String> allowed) {
    String field = path.isEmpty() ? null : path;
    return new ProblemException(
        ProblemType.BAD_FIELD.problem().withDetail(detail).withField(field, value, allowed));
  }

  private static ProblemException malformed(JsonProcessingException failure) {
    Matcher duplicate = DUPLICATE.matcher(Objects.toString(failure.getOriginalMessage(), ""));
    if (duplicate.find()) {
      return ProblemException.repeatedField(duplicate.group(1), null);
    }
    return ProblemException.of(ProblemType.MALFORMED_JSON, reason(failure) + where(failure));
  }

  private static String reason(JsonProcessingException failure) {
    if (isTrailing(failure)) {
      return "Something follows the JSON value";
    }
    return says(failure, NOT_UTF8) ? "The JSON is not UTF-8 text" : "The JSON cannot be read";
  }

  private static boolean isTrailing(JsonProcessingException failure) {
    return says(failure, TRAILING);
  }

  private static boolean says(JsonProcessingException failure, String begin) {
    return Objects.toString(failure.getOriginalMessage(), "").startsWith(begin);
  }

  private static String where(JsonProcessingException failure) {
    JsonLocation at = failure.getLocation();
    return at == null || at.getLineNr() < 1
        ? "."
        : " at line %d, column %d.".formatted(at.getLineNr(), at.getColumnNr());
  }

  /** The way to the key: {@code splits.train}, {@code features[1]}. */
  private static String path(JsonMappingException failure) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : failure.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
