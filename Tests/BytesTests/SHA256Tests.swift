import Bytes
import Testing

struct SHA256Tests {
  @Test(
    "the digests are those of the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func standardExamples(text: String, digest: String) {
    var hash = SHA256()
    hash.update(text)
    #expect(hash.hexadecimalDigest() == digest)
  }

  @Test("a million times the letter a gives the standard's digest")
  func millionLetters() {
    var hash = SHA256()
    hash.update([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000).span)
    #expect(
      hash.hexadecimalDigest()
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("pieces give the digest of the whole", arguments: [1, 3, 55, 56, 63, 64, 65, 128, 199])
  func pieces(size: Int) {
    let text = String(repeating: "0123456789", count: 20)
    var whole = SHA256()
    whole.update(text)
    var pieces = SHA256()
    pieces.update(String(text.prefix(size)))
    pieces.update(String(text.dropFirst(size)))
    #expect(pieces.digest() == whole.digest())
  }

  @Test("asking for the digest does not end it")
  func continues() {
    var hash = SHA256()
    hash.update("ab")
    _ = hash.digest()
    hash.update("c")
    #expect(hash.hexadecimalDigest().hasPrefix("ba7816bf"))
  }
}
