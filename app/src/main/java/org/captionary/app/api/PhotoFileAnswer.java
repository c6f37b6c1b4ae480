package org.captionary.app.api;

import jakarta.ws.rs.core.Response;
import org.captionary.app.encoding.PhotoType;
import org.captionary.app.problem.ProblemException;

/** A photo's file as an answer, in the type that it is by its bytes. */
final class PhotoFileAnswer {

  private PhotoFileAnswer() {}

  /**
   * @throws ProblemException 404 if it is none that a browser shows: what lies among photos may be
   *     anything, a page with scripts too
   */
  static Response.ResponseBuilder of(byte[] file, String name) {
    PhotoType type =
        PhotoType.of(file).orElseThrow(() -> ProblemException.notFound("photo to look at", name));
    return Response.ok(file, type.mediaType());
  }
}
