using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Wording;

/// <summary>The sentence for each reason.</summary>
internal static class ReasonText
{
    public static LocalizedText Of(MissReason reason) => reason switch
    {
        MissReason.NotLive => new("Aturan ini sedang tidak berlaku.", "This rule is not in force."),
        MissReason.OutsideSchedule => new("Tidak berlaku pada waktu itu.", "Not in force at that time."),
        MissReason.NotInAudience => new("Bukan untuk pelanggan ini.", "Not meant for this customer."),
        MissReason.CodeNotGiven => new("Kode atau pilihannya tidak diberikan.", "Its code or choice was not given."),
        MissReason.CodeUnknown => new("Kode tidak dikenal.", "The code is not known."),
        MissReason.CodeOfAnother => new("Kode milik orang lain.", "The code belongs to somebody else."),
        MissReason.CodeUsed => new("Kode sudah dipakai.", "The code has been used."),
        MissReason.CodeNotValid => new("Kode tidak berlaku pada hari itu.", "The code is not valid on that day."),
        MissReason.ConditionFailed => new("Syaratnya belum terpenuhi.", "Its condition is not met."),
        MissReason.LimitReached => new("Sudah dipakai sebanyak yang diizinkan.", "It has been used as often as allowed."),
        MissReason.BudgetExceeded => new("Jatahnya sudah habis.", "What was set aside for it is used up."),
        MissReason.CapReached => new("Batas poin sudah tercapai.", "The limit of points is reached."),
        MissReason.Exhausted => new("Baru saja habis dipakai orang lain.", "It was used up a moment before."),
        MissReason.OtherOfGroup => new("Penawaran lain yang lebih menguntungkan sudah diterapkan.", "Another offer, better for you, was applied instead."),
        MissReason.ExclusiveApplied => new("Tidak dapat digabung dengan penawaran yang diterapkan.", "It cannot be combined with the offer that was applied."),
        MissReason.Stopped => new("Penawaran sebelumnya tidak mengizinkan penawaran lain sesudahnya.", "An earlier offer allows no other after it."),
        MissReason.OutOfStock => new("Hadiahnya sedang habis.", "The gift is out of stock."),
        _ => new("Tidak mengubah apa pun pada transaksi ini.", "It would change nothing here."),
    };
}
