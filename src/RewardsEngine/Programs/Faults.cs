using RewardsEngine.Values;

namespace RewardsEngine.Programs;

/// <summary>The messages about faults in rules, in both languages.</summary>
internal static class Faults
{
    public static LocalizedText Twice(string id) => new($"Kode \"{id}\" dipakai lebih dari sekali.", $"\"{id}\" is used more than once.");

    public static LocalizedText Required { get; } = new("Wajib diisi.", "Needed.");

    public static LocalizedText BothLanguages { get; } = new("Isi dalam bahasa Indonesia dan Inggris.", "Give it in Indonesian and English.");

    public static LocalizedText Key { get; } = new(
        "1–64 huruf, angka, titik, tanda hubung, atau garis bawah.", "1–64 letters, digits, dots, dashes or underscores.");

    public static LocalizedText Name(string name) => new(
        $"\"{name}\" bukan nama: 1–40 huruf kecil, angka, dan garis bawah, diawali huruf.", $"\"{name}\" is not a name: 1–40 lower-case letters, digits and underscores, beginning with a letter.");

    public static LocalizedText Between(decimal low, decimal high) => new($"Harus antara {low:0.####} dan {high:0.####}.", $"Must lie between {low:0.####} and {high:0.####}.");

    public static LocalizedText MoreThan(decimal low, decimal high) => new($"Harus lebih dari {low:0.####} dan paling banyak {high:0.####}.", $"Must be more than {low:0.####} and at most {high:0.####}.");

    public static LocalizedText Decimals(int decimals) => new($"Paling banyak {decimals} angka di belakang koma.", $"At most {decimals} decimals.");

    public static LocalizedText Unknown(string what) => new($"\"{what}\" tidak dikenal.", $"\"{what}\" is not known.");

    public static LocalizedText Reversed { get; } = new("Batas awal melewati batas akhir.", "The beginning lies after the end.");

    public static LocalizedText NoEffect { get; } = new("Aturan harus memberi sesuatu.", "A rule must give something.");

    public static LocalizedText OnlyFor(string trigger) => new($"Hanya untuk peristiwa \"{trigger}\".", $"Only for the event \"{trigger}\".");

    public static LocalizedText OnlyDiscounts { get; } = new("Voucher hanya boleh berisi potongan harga.", "A voucher can only hold discounts.");

    public static LocalizedText VoucherEmpty { get; } = new("Voucher harus berisi potongan harga atau hadiah.", "A voucher must hold a discount or stand for a reward.");

    public static LocalizedText Ascending { get; } = new("Batas harus naik dari satu tingkat ke tingkat berikutnya.", "The steps must rise.");

    public static LocalizedText OneOfTwo { get; } = new("Isi salah satu saja: persen atau jumlah.", "Give either a percentage or an amount.");

    public static LocalizedText EverCounted { get; } = new("Batas untuk semua orang hanya dapat dihitung untuk selamanya.", "A limit over everyone can only be counted for ever.");

    public static LocalizedText CodeForm { get; } = new("1–40 huruf, angka, atau tanda hubung.", "1–40 letters, digits or dashes.");

    public static LocalizedText TooManyInGroup(int most) => new(
        $"Kelompok yang mencari urutan terbaik berisi paling banyak {most} aturan.", $"A group that looks for the best order holds at most {most} rules.");

    public static LocalizedText Zone { get; } = new("Zona waktu tidak dikenal, contoh: Asia/Jakarta.", "Not a known time zone; example: Asia/Jakarta.");

    public static LocalizedText CodeClash(string code, string other) => new(
        $"Kode \"{code}\" juga dipakai aturan \"{other}\".", $"The code \"{code}\" also belongs to the rule \"{other}\".");
}
