using System.Text.Json;
using Notifications.Messages;
using Notifications.Templates;

namespace Notifications.Tests;

/// <summary>An example of every mail the portal sends, keyed by template.</summary>
internal static class MailExamples
{
    private static readonly DateTime Later = new(2026, 9, 17, 10, 0, 0, DateTimeKind.Utc);

    public static readonly IReadOnlyDictionary<string, string> Models = new Dictionary<string, string>
    {
        [ConfirmEmailMail.Template] = Json(new ConfirmEmailMail("https://kopi.example/confirm?u=1&c=abc", Later)),
        [AccountExistsMail.Template] = Json(new AccountExistsMail("https://kopi.example/sign-in", "https://kopi.example/forgot")),
        [ResetPasswordMail.Template] = Json(new ResetPasswordMail("https://kopi.example/reset?c=abc", Later)),
        [WelcomeMail.Template] = Json(new WelcomeMail(1_250, Later.AddYears(1), [new("Diskon 10 % untuk pesanan pertama", "HALO-7K2M", Later), new("Kopi gratis", "KOPI-1", null)], "https://kopi.example/home")),
        [PointsEarnedMail.Template] = Json(new PointsEarnedMail(1_500, Later.AddDays(14), "Pembelian INV-1002 di Senopati", Later, new(250_000m, "IDR", 0), [new("1 poin per Rp1.000", 250), new("Akhir pekan ganda", 1_250)], 3_400, "https://kopi.example/transactions/INV-1002")),
        [RewardRedeemedMail.Template] = Json(new RewardRedeemedMail("Kopi susu gula aren", 900, 2_500, "KOPI-9F3D", Later, "https://kopi.example/vouchers/1")),
        [ComplaintReceivedMail.Template] = Json(new ComplaintReceivedMail("K-7MX4-2PQ9", "Kopi tumpah saat diantar", "Layanan Pelanggan", Later, "https://kopi.example/help/K-7MX4-2PQ9")),
        [ComplaintMessageMail.Template] = Json(new ComplaintMessageMail("K-7MX4-2PQ9", "Budi", "Boleh kirim foto kemasannya?\nTerima kasih.", true, "https://kopi.example/help/K-7MX4-2PQ9")),
        [ComplaintAnsweredMail.Template] = Json(new ComplaintAnsweredMail("K-7MX4-2PQ9", "Uang kembali penuh", "Mohon maaf. Kurir kami sudah kami ingatkan.", 500, "https://kopi.example/help/K-7MX4-2PQ9")),
        [CaseAlertMail.Template] = Json(new CaseAlertMail("K-7MX4-2PQ9", "Kopi tumpah saat diantar", "Keputusan jatuh pada 18 September 2026, 10.00 WIB", "Tinggi", "https://kopi.example/staff/complaints/K-7MX4-2PQ9")),
        [StaffInvitationMail.Template] = Json(new StaffInvitationMail("agen", "Dewi Lestari", "https://kopi.example/staff/join?c=abc", Later)),
        [LinkedMemberMail.Template] = Json(new LinkedMemberMail("•••• 4821", 12, 4_150, "https://kopi.example/transactions")),
        [RuleServiceMail.Template] = Json(new RuleServiceMail("120 poin hangus sebentar lagi", "Poin Anda bisa dipakai sampai 30 September.\n\nMasih ada waktu:\nsatu kopi cukup.", "https://kopi.example/home")),
        [RuleOfferMail.Template] = Json(new RuleOfferMail("Biji baru dari Gayo", "Tersedia mulai <besok> & selama ada.", "https://kopi.example/offers", Guid.Empty, "gayo")),
    };

    /// <summary>The same mails with nothing that may be absent.</summary>
    public static readonly IReadOnlyDictionary<string, string> Bare = new Dictionary<string, string>(Models)
    {
        [WelcomeMail.Template] = Json(new WelcomeMail(0, null, [], "https://kopi.example/home")),
        [PointsEarnedMail.Template] = Json(new PointsEarnedMail(1, null, "Ulang tahun", Later, null, [], 1, "https://kopi.example/transactions/1")),
        [RewardRedeemedMail.Template] = Json(new RewardRedeemedMail("Mug", 900, 0, null, null, "https://kopi.example/vouchers/1")),
        [ComplaintMessageMail.Template] = Json(new ComplaintMessageMail("K-7MX4-2PQ9", "Budi", "Terima kasih.", false, "https://kopi.example/help/K-7MX4-2PQ9")),
        [ComplaintAnsweredMail.Template] = Json(new ComplaintAnsweredMail("K-7MX4-2PQ9", "Uang kembali penuh", "Mohon maaf.", 0, "https://kopi.example/help/K-7MX4-2PQ9")),
        [LinkedMemberMail.Template] = Json(new LinkedMemberMail(null, 1, 0, "https://kopi.example/transactions")),
    };

    private static string Json<T>(T model)
        where T : IMailModel => JsonSerializer.Serialize(model, MailJson.Options);
}
