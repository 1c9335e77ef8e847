// A small plan of the province in the form of Nghị định số 30/2020/NĐ-CP; its sentences, number and signer are invented.
const two = (n) => String(n).padStart(2, '0');
const day = (date) => `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;

// A paper of today whose first dates lie ahead, whatever today is. `number` tells papers of one province apart.
export function plan(number) {
  const today = new Date();
  const ahead = (days) => day(new Date(today.getTime() + days * 86_400_000));
  return {
    name: `ke-hoach-${number}.md`,
    mimeType: 'text/markdown',
    number: `${number}/KH-UBND`,
    buffer: Buffer.from(`ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN

Số: ${number}/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lạng Sơn, ngày ${two(today.getDate())} tháng ${two(today.getMonth() + 1)} năm ${today.getFullYear()}

KẾ HOẠCH

Đợt cao điểm phổ biến pháp luật về an toàn giao thông cho học sinh (đợt ${number})

Căn cứ Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13 ngày 20/6/2012;

Theo đề nghị của Giám đốc Sở Tư pháp, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH

Giúp học sinh và phụ huynh hiểu đúng, làm đúng quy định về an toàn giao thông trên đường đến trường.

II. NỘI DUNG, NHIỆM VỤ

1. Biên soạn bộ câu hỏi, đáp về an toàn giao thông dùng trong sinh hoạt đầu tuần.

Cơ quan chủ trì: Sở Tư pháp.

Cơ quan phối hợp: Công an tỉnh.

Thời gian thực hiện: Trước ngày ${ahead(30)}.

2. Tổ chức giờ ngoại khóa tìm hiểu pháp luật giao thông tại các trường trung học.

Cơ quan chủ trì: Sở Giáo dục và Đào tạo.

Cơ quan phối hợp: Sở Tư pháp; Công an tỉnh.

Thời gian thực hiện: Trước ngày ${ahead(60)}.

3. Phát thanh chuyên mục "Đường đến trường" trên hệ thống truyền thanh cơ sở.

Cơ quan thực hiện: UBND các xã, phường.

Thời gian thực hiện: Trước ngày ${ahead(60)}.

4. Báo cáo kết quả đợt cao điểm với Ủy ban nhân dân tỉnh.

Cơ quan chủ trì: Sở Tư pháp.

Thời gian thực hiện: Trước ngày ${ahead(90)}.

III. TỔ CHỨC THỰC HIỆN

Kinh phí thực hiện bảo đảm từ dự toán được giao của các cơ quan, đơn vị theo phân cấp ngân sách hiện hành.

Nơi nhận:
- Như mục II;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lương Quốc Bảo
`),
  };
}
