/** Reads data sets from files, one class a format, and only below folders that were allowed. */
package org.captionary.persistence.files;
