package org.captionary.app.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A {@linkplain Secrets random secret} in a file of mode 0600. The file appears whole or not at
 * all, and of two processes that make it at once both read the one that came first.
 */
public final class SecretFile {

  private final Path file;

  public SecretFile(Path file) {
    this.file = file;
  }

  public Path path() {
    return file;
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /** The secret, without the line end that an editor may have added. */
  public String read() throws IOException {
    return Files.readString(file).strip();
  }

  /** Makes the secret; the directory must be there. False if it was there already. */
  public boolean create() throws IOException {
    Path draft = PrivateFiles.createTemporaryFile(file.getParent(), ".secret");
    try {
      write(draft, Secrets.random());
      Files.createLink(file, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path draft, String secret) throws IOException {
    try (FileChannel channel = PrivateFiles.open(draft)) {
      ByteBuffer line = StandardCharsets.US_ASCII.encode(secret + "\n");
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
  }
}
