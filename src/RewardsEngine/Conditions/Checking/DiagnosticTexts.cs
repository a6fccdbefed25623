using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Checking;

/// <summary>The messages of the errors in conditions.</summary>
internal static class DiagnosticTexts
{
    public static readonly LocalizedText Suggestion = new("Mungkin maksud Anda: {0}", "Did you mean {0}?");

    public static LocalizedText Of(DiagnosticCode code) => code switch
    {
        DiagnosticCode.TooLong => new("Syarat terlalu panjang; paling banyak {0} karakter.", "The condition is too long; at most {0} characters."),
        DiagnosticCode.TooDeep => new("Susunan terlalu dalam; paling banyak {0} tingkat.", "The nesting is too deep; at most {0} levels."),
        DiagnosticCode.TooLarge => new("Terlalu banyak bagian; paling banyak {0}.", "There are too many parts; at most {0}."),
        DiagnosticCode.UnexpectedCharacter => new("Karakter {0} tidak dikenal di sini.", "The character {0} means nothing here."),
        DiagnosticCode.UnclosedText => new("Teks belum ditutup dengan tanda kutip \".", "The text is not closed by a quote \"."),
        DiagnosticCode.InvalidText => new("Teks hanya boleh berisi karakter yang terlihat, paling banyak {0}; tulis \\\" untuk kutip dan \\\\ untuk garis miring terbalik.", "A text holds visible characters only, at most {0}; write \\\" for a quote and \\\\ for a backslash."),
        DiagnosticCode.InvalidNumber => new("{0} bukan angka. Tulis seperti 250000 atau 12.5.", "{0} is not a number. Write it like 250000 or 12.5."),
        DiagnosticCode.GroupedNumber => new("{0} memakai pemisah ribuan. Tulis {1} tanpa pemisah.", "{0} has thousands separators. Write {1} without them."),
        DiagnosticCode.InvalidDate => new("{0} bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-12-31.", "{0} is not a date. Write year-month-day, such as 2026-12-31."),
        DiagnosticCode.Expected => new("Di sini seharusnya {0}, bukan {1}.", "Expected {0} here, found {1}."),
        DiagnosticCode.UnknownName => new("Nama {0} tidak dikenal.", "The name {0} is unknown."),
        DiagnosticCode.UnknownWord => new("Kata {0} tidak dikenal di sini; seharusnya {1}.", "The word {0} is unknown here; expected {1}."),
        DiagnosticCode.LineFieldOutside => new("{0} hanya ada di dalam syarat baris, misalnya: any line ({1} …).", "{0} exists inside a line test only, such as: any line ({1} …)."),
        DiagnosticCode.NestedLineTest => new("Syarat baris tidak boleh berisi syarat baris lain.", "A line test cannot hold another line test."),
        DiagnosticCode.NotALineField => new("{0} bukan data baris; di sini perlu data baris seperti total atau quantity.", "{0} does not belong to a line; a line field such as total or quantity is needed here."),
        DiagnosticCode.WrongOperator => new("{0} tidak bisa dipakai untuk {1}; gunakan {2}.", "{0} cannot be used with {1}; use {2}."),
        DiagnosticCode.WrongType => new("Di sini perlu {0}, bukan {1}.", "{0} is needed here, not {1}."),
        DiagnosticCode.DifferentUnits => new("{0} dan {1} tidak bisa dibandingkan.", "{0} and {1} cannot be compared."),
        DiagnosticCode.WrongCurrency => new("Program ini memakai {1}, bukan {0}.", "This programme uses {1}, not {0}."),
        DiagnosticCode.OutOfRange => new("{0} di luar batas; dari {1} sampai {2}.", "{0} is out of range; from {1} to {2}."),
        DiagnosticCode.TooManyDecimals => new("{0} memiliki terlalu banyak desimal; paling banyak {1}.", "{0} has too many decimals; at most {1}."),
        DiagnosticCode.NothingToTest => new("Perbandingan ini tidak menguji apa pun; salah satu sisi harus berupa nama.", "This comparison tests nothing; one side must be a name."),
        DiagnosticCode.NotAChoice => new("{0} tidak pernah bernilai {1}; pilihannya: {2}.", "{0} is never {1}; it can be {2}."),
        DiagnosticCode.Reversed => new("Batas awal {0} lebih besar dari batas akhir {1}.", "The first bound {0} lies above the last {1}."),
        DiagnosticCode.NoSuchMeasure => new("{0} tidak memiliki {1}; hanya count.", "{0} has no {1}; only count."),
        DiagnosticCode.CalendarSpan => new("Bulan dan tahun tidak tetap panjangnya; gunakan hari atau minggu.", "Months and years have no fixed length; use days or weeks."),
        DiagnosticCode.InvalidForm => new("Bentuk visual tidak terbaca: {0}.", "The visual form cannot be read: {0}."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A code without a message."),
    };

    public static LocalizedText Type(FactType type) => type switch
    {
        FactType.Number => new("angka", "a number"),
        FactType.Money => new("jumlah uang", "an amount of money"),
        FactType.Text => new("teks", "a text"),
        FactType.TextList => new("daftar teks", "a list of texts"),
        FactType.Path => new("kategori", "a category"),
        FactType.Date => new("tanggal", "a date"),
        FactType.Duration => new("jangka waktu", "a time span"),
        FactType.Flag => new("true atau false", "true or false"),
        _ => new("apa pun", "anything"),
    };

    public static LocalizedText Unit(FactUnit unit) => unit switch
    {
        FactUnit.Currency => new("uang", "money"),
        FactUnit.Points => new("poin", "points"),
        FactUnit.Pieces => new("jumlah barang", "pieces"),
        FactUnit.Times => new("banyaknya kali", "a number of times"),
        FactUnit.Hours => new("jam", "hours"),
        _ => new("angka", "a plain number"),
    };

    public static LocalizedText Same(string text) => new(text, text);
}
