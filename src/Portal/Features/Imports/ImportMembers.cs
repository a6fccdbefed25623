using System.Globalization;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Rewarding;

namespace Portal.Features.Imports;

/// <summary>One row of a member file, read and checked.</summary>
internal sealed record MemberLine(
    long Line, string? Number, string? Email, string? Name, string? Phone, DateOnly? Birthday, string? Street, string? City, string? PostalCode, string? Company, string? Language);

/// <summary>
/// Imports members without a sign-in, to be claimed later. Somebody known by number or proven address gets only what was empty,
/// so that nothing a person entered is ever overwritten and a repeated file changes nothing.
/// </summary>
public sealed partial class ImportMembers(Rewards rewards, ILogger<ImportMembers> log)
{
    private const int RowsAtOnce = 250;

    /// <inheritdoc cref="ImportTransactions.RunAsync"/>
    public async Task<ImportTally> RunAsync(
        Stream file, MemberMap map, bool dryRun, long afterLine, Func<RewardingWork, ImportTally, Task>? inBatch, Func<ImportTally, Task>? outside, CancellationToken cancel)
    {
        var total = new ImportTally();
        var trial = dryRun ? new Trial() : null;
        foreach (var batch in MemberReader.Read(file, map).Where(r => r.Line > afterLine).Chunk(RowsAtOnce))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                var tally = await StoreAsync(batch, trial, inBatch, cancel);
                if (dryRun && outside is not null)
                    await outside(tally);
                total.Add(tally);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                BatchFailed(e, batch[0].Line, batch[^1].Line);
                foreach (var row in batch)
                    total.Add(await StoreAloneAsync(row, trial, inBatch, outside, cancel));
            }
        }
        return total;
    }

    private async Task<ImportTally> StoreAloneAsync(
        (long Line, MemberLine? Member, LineRefusal? Refusal) row, Trial? trial, Func<RewardingWork, ImportTally, Task>? inBatch, Func<ImportTally, Task>? outside, CancellationToken cancel)
    {
        ImportTally tally;
        try
        {
            tally = await StoreAsync([row], trial, inBatch, cancel);
            if (trial is null)
                return tally;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            RowFailed(e, row.Line);
            tally = new();
            Refuse(tally, new(row.Line, row.Member?.Number, "unexpected", null));
        }
        if (outside is not null)
            await outside(tally);
        return tally;
    }

    private async Task<ImportTally> StoreAsync(
        (long Line, MemberLine? Member, LineRefusal? Refusal)[] batch, Trial? trial, Func<RewardingWork, ImportTally, Task>? inBatch, CancellationToken cancel)
    {
        var tally = new ImportTally();
        await using var work = await rewards.BeginAsync(cancel);
        var known = await KnownAsync(work, batch, cancel);
        foreach (var (_, member, refusal) in batch)
        {
            if (refusal is not null)
                Refuse(tally, refusal);
            else if (member is not null)
                Take(work, member, known, trial, tally);
        }
        tally.LastLine = batch[^1].Line;
        if (inBatch is not null)
            await inBatch(work, tally);
        if (trial is null)
            await work.CommitAsync(cancel);
        trial?.Note(known.SelectMany(m => new[] { m.ExternalNumber, m.Email }));
        return tally;
    }

    private static void Take(RewardingWork work, MemberLine line, List<MemberRow> known, Trial? trial, ImportTally tally)
    {
        tally.Lines++;
        tally.LinesTaken++;
        tally.Documents++;
        var found = known.Find(m => line.Number is not null && m.ExternalNumber == line.Number)
            ?? known.Find(m => line.Email is not null && m.Email == line.Email && (m.EmailConfirmedAt is not null || m.UserId is null)
                && (line.Number is null || m.ExternalNumber is null));
        if (found is null && (trial?.Has(line.Number) == true || trial?.Has(line.Email) == true))
        {
            tally.Known++;
        }
        else if (found is null)
        {
            var added = new MemberRow { CardCode = CardCode.New(), JoinedAt = work.Now };
            Fill(added, line);
            added.Language = line.Language ?? added.Language;
            work.Add(added);
            known.Add(added);
            tally.MembersAdded++;
        }
        else if (Fill(found, line))
        {
            found.Version++;
            tally.MembersChanged++;
        }
        else
        {
            tally.Known++;
        }
    }

    /// <summary>Fills what is empty; true when something was.</summary>
    private static bool Fill(MemberRow row, MemberLine line)
    {
        var before = (row.ExternalNumber, row.Email, row.Name, row.Phone, row.Birthday, row.Street, row.City, row.PostalCode, row.Company);
        row.ExternalNumber ??= line.Number;
        if (row.UserId is null)
            row.Email ??= line.Email; // the address of a sign-in is its owner's business
        row.Name ??= line.Name;
        row.Phone ??= line.Phone;
        row.Birthday ??= line.Birthday;
        row.Street ??= line.Street;
        row.City ??= line.City;
        row.PostalCode ??= line.PostalCode;
        row.Company ??= line.Company;
        return before != (row.ExternalNumber, row.Email, row.Name, row.Phone, row.Birthday, row.Street, row.City, row.PostalCode, row.Company);
    }

    private static void Refuse(ImportTally tally, LineRefusal refusal)
    {
        tally.Lines++;
        tally.LinesRefused++;
        tally.Documents++;
        tally.Refused++;
        tally.LastLine = Math.Max(tally.LastLine, refusal.Line);
        tally.Refusals.Add(refusal);
    }

    private static async Task<List<MemberRow>> KnownAsync(RewardingWork work, (long Line, MemberLine? Member, LineRefusal? Refusal)[] batch, CancellationToken cancel)
    {
        var numbers = batch.Select(b => b.Member?.Number).OfType<string>().Distinct().ToList();
        var emails = batch.Select(b => b.Member?.Email).OfType<string>().Distinct().ToList();
        return await work.Db.Set<MemberRow>()
            .Where(m => m.ClosedAt == null && m.MergedIntoId == null && (numbers.Contains(m.ExternalNumber!) || emails.Contains(m.Email!)))
            .OrderBy(m => m.JoinedAt).ToListAsync(cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Member import: lines {First} to {Last} could not be stored together; each is tried alone.")]
    private partial void BatchFailed(Exception e, long first, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "Member import: line {Line} could not be stored.")]
    private partial void RowFailed(Exception e, long line);
}

/// <summary>Reads a member file row by row.</summary>
internal static class MemberReader
{
    private const int MaxText = 200;

    /// <exception cref="ImportProblem">A mapped column is missing, or nothing says who a member is.</exception>
    public static IEnumerable<(long Line, MemberLine? Member, LineRefusal? Refusal)> Read(Stream file, MemberMap map)
    {
        if (map.Number is null && map.Email is null)
            throw new ImportProblem("map.who");
        using var csv = ImportReader.Open(file, leaveOpen: true);
        csv.ReadHeader();
        var columns = new[] { map.Number, map.Email, map.Name, map.Phone, map.Birthday, map.Street, map.City, map.PostalCode, map.Company, map.Language }
            .Select(name => name is null ? -1 : ImportReader.Find(csv, name)).ToArray();
        while (csv.Read())
        {
            var values = columns.Select(at => Text(csv, at)).ToArray();
            yield return Check(csv.LineNumber, values, map);
        }
    }

    private static (long, MemberLine?, LineRefusal?) Check(long line, string?[] v, MemberMap map)
    {
        (long, MemberLine?, LineRefusal?) Refused(string code, string? value) => (line, null, new(line, v[0] ?? v[1], code, value));
        if (v[0] is null && v[1] is null)
            return Refused("who", null);
        if (v[0] is { Length: > 64 })
            return Refused("number.long", v[0]);
        if (v[1] is { } email && !EmailAddress.TryParse(email, out _))
            return Refused("email", email);
        if (Array.Find(v, t => t is { Length: > MaxText }) is { } tooLong)
            return Refused("text.long", tooLong[..40]);
        if (v[3] is { Length: > 32 })
            return Refused("phone", v[3]);
        DateOnly? birthday = null;
        if (v[4] is { } born)
        {
            if (!DateOnly.TryParseExact(born, [.. map.DateFormats], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year < 1900)
                return Refused("birthday", born);
            birthday = day;
        }
        var language = v[9] is null ? null : v[9]!.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "id-ID";
        return (line, new(line, v[0], v[1]?.ToLowerInvariant(), v[2], v[3], birthday, v[5], v[6], v[7], v[8], language), null);
    }

    private static string? Text(CsvReader csv, int at)
    {
        if (at < 0 || at >= csv.FieldCount)
            return null;
        var text = csv.GetString(at).Trim();
        return text.Length == 0 ? null : text;
    }
}
